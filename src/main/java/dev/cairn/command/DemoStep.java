package dev.cairn.command;

import java.util.List;

/**
 * A scene of the demo.
 *
 * @param told what a person is told first
 * @param lines what is then typed; one that must fail is followed by {@code expect error}
 */
record DemoStep(String told, List<String> lines) {}
