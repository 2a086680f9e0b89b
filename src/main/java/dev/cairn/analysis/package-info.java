/**
 * What a statement would do, and what is wrong with it.
 *
 * <p>In come a statement and a catalog. Out goes the list of its effects, its findings and, where
 * there is one, the key-safe rewrite of its text; a refusal is a value, not an exception. Pure: no
 * connection is ever asked. One class for each check. Everyone below may call.
 */
package dev.cairn.analysis;
