/**
 * Dialogs by themselves, whatever is said in them: where their requests go ({@link
 * org.ringdown.sip.dialog.DialogPath}), who hears of what comes in them, and how one is named by
 * another (RFC 3891). Imports {@code leg} and what is below it.
 */
@NullMarked
package org.ringdown.sip.dialog;

import org.jspecify.annotations.NullMarked;
