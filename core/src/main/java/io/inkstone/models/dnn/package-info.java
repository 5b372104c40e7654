/** The plain generator, trained with the squared error: the baseline whose flaw the other families fix. */
package io.inkstone.models.dnn;
