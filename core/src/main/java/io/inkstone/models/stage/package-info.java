/** What a recipe says of the model whose codes another model draws. */
package io.inkstone.models.stage;
