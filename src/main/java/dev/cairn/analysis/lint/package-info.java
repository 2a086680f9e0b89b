/**
 * Files of SQL, judged statement by statement against the schema at each place.
 *
 * <p>In come the texts of files in their order and the schema before the first. Out go their
 * analyses with places in the files, and what the files themselves allow. Pure: files are read by
 * {@code command}. Everyone below may call.
 */
package dev.cairn.analysis.lint;
