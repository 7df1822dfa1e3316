/**
 * Settings in YAML whatever they mean: typed values, what is filled in from elsewhere, and every
 * problem with its path and line.
 */
@NullMarked
package org.ringdown.gateway.config.yaml;

import org.jspecify.annotations.NullMarked;
