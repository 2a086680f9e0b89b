package dev.cairn.sql;

/** Why a text can't stand as an expression in a plan, and the char at which that shows. */
public record ExpressionProblem(int offset, String message) {}
