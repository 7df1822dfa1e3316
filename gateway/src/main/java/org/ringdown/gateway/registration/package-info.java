/**
 * Keeps the registrations of phones over a restart: {@link
 * org.ringdown.gateway.registration.KeptRegistrations} when, {@code RegistrationFile} how. Imports
 * {@code gateway.routing} and Jackson.
 */
@NullMarked
package org.ringdown.gateway.registration;

import org.jspecify.annotations.NullMarked;
