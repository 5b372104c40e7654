/** Numbers that say how good pictures are: reconstruction errors, diversity, scale of codes. Pictures against data. */
package io.inkstone.evaluate;
