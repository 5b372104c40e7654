/** A run or pictures measured: figures, judges, protocols, comparisons. */
package io.inkstone.measure;
