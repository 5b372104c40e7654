package io.inkstone.cli;

import java.util.Map;

/**
 * What a command found: printed as one or the other.
 *
 * @param text for people, a line or more
 * @param fields for programs, a JSON object
 */
record Result(String text, Map<String, ?> fields) {}
