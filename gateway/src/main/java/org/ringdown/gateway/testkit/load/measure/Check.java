package org.ringdown.gateway.testkit.load.measure;

/**
 * A limit and what came of it.
 *
 * @param name what is limited
 * @param limit the limit, as people write it
 * @param found what was measured
 * @param kept whether it was kept
 */
public record Check(String name, String limit, String found, boolean kept) {}
