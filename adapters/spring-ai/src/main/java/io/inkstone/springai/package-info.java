/** Trained runs as Spring AI's image model, in the same JVM: no HTTP in between. */
package io.inkstone.springai;
