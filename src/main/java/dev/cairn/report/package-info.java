/**
 * Results and errors, in the form that was asked for.
 *
 * <p>In come records of the rooms above. Out goes text: tables, CSV, JSON, Markdown, HTML, JUnit
 * XML, SARIF. Decides nothing and asks no database. {@code command} and {@code shell} call.
 */
package dev.cairn.report;
