package io.gantry.web;

/**
 * One field of a request that is wrong.
 *
 * @param pointer to the field in the body, RFC 6901 ({@code /services/0/version}), or the name of a parameter or header
 * @param message what is wrong and what would be right
 */
public record FieldProblem(String pointer, String message) {}
