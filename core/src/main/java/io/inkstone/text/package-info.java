/** Words to numbers: the byte-pair encoding that captioned sets are made with. Plain Java. */
package io.inkstone.text;
