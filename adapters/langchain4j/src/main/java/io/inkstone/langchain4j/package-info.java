/** Trained runs as LangChain4j's image model, in the same JVM: no HTTP in between. */
package io.inkstone.langchain4j;
