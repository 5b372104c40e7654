/**
 * From files to batches of bytes: sources of pictures, one transform to a fixed size, a seeded order, background loading.
 * Plain Java on arrays: no thread of this package touches a tensor.
 */
package io.inkstone.data;
