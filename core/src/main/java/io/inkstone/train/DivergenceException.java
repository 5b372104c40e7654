package io.inkstone.train;

/**
 * The loss is no number any more. The weights in memory are spoilt; saved ones are not.
 *
 * @since 0.1
 */
public final class DivergenceException extends RuntimeException {
    public DivergenceException(String message) {
        super(message);
    }
}
