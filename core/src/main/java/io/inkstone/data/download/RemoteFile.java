package io.inkstone.data.download;

import java.net.URI;

/**
 * One official file.
 *
 * @param address where it lies
 * @param name under which it is kept
 * @param md5 of the whole file, in hexadecimal: it guards against damage, and is what the publishers name
 */
public record RemoteFile(URI address, String name, String md5) {}
