/** Trained runs behind HTTP: the image API of usual clients, jobs that survive a kill, and the studio in a browser. */
package io.inkstone.serve;
