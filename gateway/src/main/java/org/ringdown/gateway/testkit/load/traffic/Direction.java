package org.ringdown.gateway.testkit.load.traffic;

/** Who calls whom. */
public enum Direction {
  /** The phone calls the page. */
  PHONE_TO_PAGE("phone to page"),
  /** The page calls the phone. */
  PAGE_TO_PHONE("page to phone");

  private final String text;

  Direction(String text) {
    this.text = text;
  }

  /** As people say it. */
  public String text() {
    return text;
  }
}
