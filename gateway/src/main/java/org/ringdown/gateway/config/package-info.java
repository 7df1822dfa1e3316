/**
 * The configuration: a tree of records, and the loader that reads {@code gateway.yaml} into it and
 * reports every problem with path and line.
 */
@NullMarked
package org.ringdown.gateway.config;

import org.jspecify.annotations.NullMarked;
