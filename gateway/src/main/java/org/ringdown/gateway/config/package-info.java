/** The configuration: a tree of records, each a section of {@code gateway.yaml}. */
@NullMarked
package org.ringdown.gateway.config;

import org.jspecify.annotations.NullMarked;
