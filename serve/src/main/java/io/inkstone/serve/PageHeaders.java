package io.inkstone.serve;

import java.util.Map;

/** What browsers are told with the studio's files: nothing from elsewhere, nothing inside a text runs. */
final class PageHeaders {
    static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-cache",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy",
                    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");

    private PageHeaders() {}
}
