/** Measures of pictures against pictures, and of codes. Plain Java on arrays: no model is known here. */
package io.inkstone.evaluate;
