/** Networks that a run uses and does not train, the codes they make, and weights that come from elsewhere or go there. */
package io.inkstone.run.part;
