/** Which levels training sees, and how much an error counts at each. */
package io.inkstone.diffusion.training;
