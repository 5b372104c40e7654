/** Pictures and curves that training draws while it learns, and figures of them that need no judge. */
package io.inkstone.run.preview;
