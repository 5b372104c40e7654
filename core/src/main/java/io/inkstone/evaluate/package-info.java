/** Numbers that tell how good generated pictures are, from the pictures alone. */
package io.inkstone.evaluate;
