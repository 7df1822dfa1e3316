/** Reads {@code gateway.yaml} into the records of the configuration, section by section. */
@NullMarked
package org.ringdown.gateway.config.reader;

import org.jspecify.annotations.NullMarked;
