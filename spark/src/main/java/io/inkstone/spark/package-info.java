/**
 * Inkstone on a cluster of Apache Spark: training by one rank a task, drawing, measuring and preparing by the executors.
 *
 * @since 0.1
 */
package io.inkstone.spark;
