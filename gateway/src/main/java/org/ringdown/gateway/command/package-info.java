/** How the words of a command line are read. A leaf: imports nothing else of the house. */
@NullMarked
package org.ringdown.gateway.command;

import org.jspecify.annotations.NullMarked;
