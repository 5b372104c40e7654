/** Data sets from one form into another: class folders, Parquet, WebDataset. */
package io.inkstone.data.convert;
