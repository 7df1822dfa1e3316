package org.ringdown.gateway.bridge.page;

/**
 * How many offers the call has heard of a page: an answer is for the last of them, and says so,
 * because the page may have made one more meanwhile. Belongs to the call's executor.
 */
public final class PageOffers {
  private int heard;

  /** Of a page that begins with so many offers: a caller's first stands in its {@code call}. */
  public PageOffers(int heard) {
    this.heard = heard;
  }

  void next() {
    heard++;
  }

  /** The number of the last. */
  int last() {
    return heard;
  }
}
