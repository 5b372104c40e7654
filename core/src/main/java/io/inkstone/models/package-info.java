/**
 * The families of generators, a folder each: settings, network, objective, its ways to make pictures. What faces and runs
 * see of them is {@link io.inkstone.models.Family} and {@link io.inkstone.models.Model}.
 */
package io.inkstone.models;
