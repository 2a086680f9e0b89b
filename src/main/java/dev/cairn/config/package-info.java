/**
 * Settings, named databases and the places of files.
 *
 * <p>In come the environment, the config file and the options of the process. Out go values that
 * are known to be valid; secrets come from here and go nowhere but to {@code database}. {@code
 * command} and {@code shell} call.
 */
package dev.cairn.config;
