/** Fetches the official files of public sets, checks them, and goes on where a fetch was cut off. */
package io.inkstone.data.download;
