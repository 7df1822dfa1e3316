/** What goes wrong, in a form that a page can switch on (`code`) and a person can read. */
export class RingdownError extends Error {
  /**
   * @param {{code: string, message: string, remedy?: string, field?: string | null}} what
   * @param {unknown} [cause] the browser's own error, if there was one
   */
  constructor({ code, message, remedy = '', field = null }, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RingdownError';
    this.code = code;
    this.remedy = remedy;
    this.field = field;
  }
}

/** An event with a `detail`, for runtimes that have no CustomEvent. */
export class DetailEvent extends Event {
  constructor(type, detail) {
    super(type);
    this.detail = detail;
  }
}

export const connectionLost = () => new RingdownError({
  code: 'connection-lost',
  message: 'The connection to the gateway was lost and the call could not be kept.',
  remedy: 'Check the network and call again.',
});

/** The browser tells a page nothing of why, so what pages get wrong most often is named. */
export const connectionFailed = (url) => {
  const page = globalThis.location;
  const foreign = page?.host && page.host !== new URL(url, page.href).host;
  return new RingdownError({
    code: 'connection-failed',
    message: `The gateway at ${url} cannot be reached.`,
    remedy: `Check the address (it ends with /ws) and the network, that the gateway is running${
      foreign ? ` and has ${page.origin} in web.allowedOrigins` : ''}.`,
  });
};

export const wrongUrl = (url, cause) => new RingdownError({
  code: 'bad-request',
  message: `${url} cannot be used.`,
  remedy: 'Use wss://HOST/ws.',
  field: '/url',
}, cause);

export const noReply = (type) => new RingdownError({
  code: 'timeout',
  message: `The gateway did not answer the request "${type}".`,
  remedy: 'Try again.',
});

export const closed = () => new RingdownError({
  code: 'closed',
  message: 'The client is closed.',
  remedy: 'Call connect() first.',
});

export const taken = () => new RingdownError({
  code: 'session-taken',
  message: 'Another page goes on with this session.',
  remedy: 'Use the other page, or sign in here anew.',
});

export const noToken = (cause) => new RingdownError({
  code: 'timeout',
  message: `No token could be had (${cause?.message ?? cause}).`,
  remedy: 'Check the service that gives tokens.',
}, cause);

export const noVideo = () => new RingdownError({
  code: 'not-acceptable-media',
  message: 'The other side takes no video.',
  remedy: 'Go on with sound alone.',
});

export const callOver = () => new RingdownError({
  code: 'cancelled',
  message: 'The call ended before this was done.',
});
