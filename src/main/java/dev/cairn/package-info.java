/**
 * Cairn, an interactive, SQL-first shell for changing data that already matters.
 *
 * <p>Here is only {@code Main}, which wires the rooms together: those that think ({@code error},
 * {@code sql}, {@code catalog}, {@code dialect}, {@code analysis}, {@code plan}), those that act
 * ({@code database}, {@code preview}, {@code journal}, {@code batch}, {@code verify}, {@code
 * snapshot}), those that talk ({@code config}, {@code report}, {@code example}, {@code command},
 * {@code shell}). A room may call those before it in this list; nobody calls {@code Main}.
 */
package dev.cairn;
