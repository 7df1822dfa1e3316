/** What came of load, as a table, as JSON and as a page with plots. */
@NullMarked
package org.ringdown.gateway.testkit.load.report;

import org.jspecify.annotations.NullMarked;
