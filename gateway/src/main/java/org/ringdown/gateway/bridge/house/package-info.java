/**
 * Who is in the house and what leads out of it: users, what holds now ({@code HouseRules}), and
 * each kind of {@code Branch} that a call can be offered to. Start with {@code CallBranches}.
 */
@NullMarked
package org.ringdown.gateway.bridge.house;

import org.jspecify.annotations.NullMarked;
