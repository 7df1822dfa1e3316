/**
 * What {@code gateway.call} decides is done here. This package hears both adapters ({@code
 * PhoneSide}, {@code PageSide}) and puts the parts together ({@code Bridge}); it imports all
 * packages below it, and none of them imports it. From the bottom up: {@code reason}, {@code leg},
 * {@code ring} and the two kinds of leg ({@code phone}, {@code page}), {@code house} and {@code
 * talk}, {@code transfer}, {@code session}. Start with {@code session.CallSession}.
 */
@NullMarked
package org.ringdown.gateway.bridge;

import org.jspecify.annotations.NullMarked;
