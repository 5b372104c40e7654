/** Where pictures come from: one small file a format, and {@link io.inkstone.data.source.DataSource} which finds the right one. */
package io.inkstone.data.source;
