/**
 * What somebody wants of a trained run: records that validate themselves, JSON in and JSON out, the same for the command
 * line, a server and a program. The text in a drawn PNG is such a wish; its keys are kept readable for ever.
 *
 * @since 0.1
 */
package io.inkstone.wish;
