/** Small classifiers: they make no pictures, they say what is in one, and their features measure those of the others. */
package io.inkstone.models.classifier;
