/** The command line: words become records, records go to the library, results are printed. */
package io.inkstone.cli;
