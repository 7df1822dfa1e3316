package org.ringdown.sip.stack;

import com.google.common.collect.ImmutableList;
import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.SipProviderImpl;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.TlsSecurityPolicy;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import gov.nist.javax.sip.stack.SIPTransactionErrorEvent;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import gov.nist.javax.sip.stack.TLSMessageChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import javax.sip.DialogState;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.TransactionState;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.socket.ConnectionLimits;
import org.ringdown.sip.socket.SipSockets;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.work.Workers;

/**
 * A JAIN-SIP stack set up the way we need it; made without its static registry of stacks. Safe from
 * any thread.
 */
public final class JainStack extends SipStackImpl {
  private static final String NIST = "gov.nist.javax.sip.";
  private static final String CANCEL = ":cancel";

  private final int maxMessageBytes;
  private final Workers workers;
  private final SipSockets sockets;

  /**
   * A stack without sockets yet.
   *
   * @param maxMessageBytes the largest message accepted
   * @param ignored the addresses whose requests are dropped, and that cannot connect
   * @param limits how connections are kept
   * @param tls how those who connect by TLS are met
   * @param workers do what messages lead to
   * @throws PeerUnavailableException if JAIN-SIP does not start
   */
  public JainStack(
      int maxMessageBytes,
      Predicate<String> ignored,
      ConnectionLimits limits,
      TlsServer tls,
      Workers workers)
      throws PeerUnavailableException {
    super(properties(maxMessageBytes));
    this.maxMessageBytes = maxMessageBytes;
    this.workers = workers;
    StrictParser parser = new StrictParser(maxMessageBytes, ignored);
    setMessageParserFactory(stack -> parser);
    sockets = new SipSockets(limits, ignored, tls, this::unheard);
    setRouter(new HopRouter(sockets));
    ioHandler = new ReplyPath(this, workers);
    networkLayer = sockets;
  }

  @Override
  protected MessageProcessor createMessageProcessor(InetAddress address, int port, String transport)
      throws IOException {
    if (!transport.equalsIgnoreCase(ListeningPoint.UDP)) {
      return super.createMessageProcessor(address, port, transport);
    }
    UdpReader reader = new UdpReader(address, port, 2 * maxMessageBytes, this, workers);
    addMessageProcessor(reader);
    return reader;
  }

  /**
   * Looks after the connections: closes what is of no use and sends keep-alives. To be called every
   * second or so.
   *
   * @param pool where pings are sent
   */
  public void tend(Workers pool) {
    sockets.tend(pool);
  }

  /** Who does what messages lead to. */
  public Workers workers() {
    return workers;
  }

  /** How many TCP and TLS connections there are. */
  public int connections() {
    return sockets.count();
  }

  /** Why no connection came about with that address when one was wanted last. */
  public Optional<String> failureAt(InetSocketAddress remote) {
    return sockets.failureAt(remote);
  }

  /** Whether there is a connection with that address, whoever opened it. */
  public boolean isConnected(InetSocketAddress remote) {
    return sockets.isConnected(remote);
  }

  /** What waits for an answer on a connection that was closed without one has failed. */
  private void unheard(InetSocketAddress remote) {
    if (!isAlive()) {
      return;
    }
    for (SIPClientTransaction transaction : clientTransactionTable.values()) {
      if (isUnheard(transaction, remote)) {
        transaction.raiseErrorEvent(SIPTransactionErrorEvent.TRANSPORT_ERROR);
      }
    }
  }

  private static boolean isUnheard(SIPClientTransaction transaction, InetSocketAddress remote) {
    MessageChannel channel = transaction.getMessageChannel();
    int state = transaction.getInternalState();
    return channel.isReliable()
        && channel.getPeerPort() == remote.getPort()
        && remote.getAddress().getHostAddress().equals(channel.getPeerAddress())
        && state <= TransactionState._TRYING;
  }

  /** The chain that the sender of a request proved by TLS; empty for none. */
  public static ImmutableList<X509Certificate> certificates(SIPRequest request) {
    return request.getMessageChannel() instanceof TLSMessageChannel channel
            && channel.getHandshakeCompletedListener() != null
        ? SipSockets.certificates(
            channel.getHandshakeCompletedListener().getHandshakeCompletedEvent().getSource())
        : ImmutableList.of();
  }

  /** The last word on a connection that has just been made. */
  @Override
  public TlsSecurityPolicy getTlsSecurityPolicy() {
    return transaction -> {
      if (transaction != null) {
        sockets.confirm(((SIPRequest) transaction.getRequest()).getApplicationData());
      }
    };
  }

  /**
   * A response to nothing of ours, such as another copy of a 2xx, goes on at once. JAIN-SIP would
   * compare it with every transaction there is, in case the peer is older than RFC 3261, and under
   * load do hardly anything else.
   */
  @Override
  public ServerResponseInterface newSIPServerResponse(SIPResponse response, MessageChannel from) {
    String id = response.getTransactionId();
    return isBranch(id) && findTransaction(id, false) == null
        ? sipMessageFactory.newSIPServerResponse(response, from)
        : super.newSIPServerResponse(response, from);
  }

  /** The branch of a CANCEL is that of its INVITE (RFC 3261 section 9.1): again no search. */
  @Override
  public @Nullable SIPTransaction findCancelTransaction(SIPRequest cancel, boolean isServer) {
    String id = cancel.getTransactionId();
    if (!isBranch(id) || !id.endsWith(CANCEL)) {
      return super.findCancelTransaction(cancel, isServer);
    }
    String invite = id.substring(0, id.length() - CANCEL.length());
    SIPTransaction found = findTransaction(invite, isServer);
    return found != null && found.doesCancelMatchTransaction(cancel) ? found : null;
  }

  private static boolean isBranch(String transactionId) {
    return transactionId.startsWith(SIPConstants.BRANCH_MAGIC_COOKIE_LOWER_CASE);
  }

  @Override
  public void stop() {
    boolean interrupted = Thread.interrupted();
    try {
      super.stop();
    } finally {
      Thread.interrupted(); // what StackTimer may have left
      sockets.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public SIPDialog createDialog(SIPTransaction transaction) {
    if (transaction instanceof SIPServerTransaction) {
      return new CallDialog(transaction);
    }
    String id = ((SIPRequest) transaction.getRequest()).getDialogId(false);
    SIPDialog known = earlyDialogTable.get(id);
    if (known != null && (known.getState() == null || known.getState() == DialogState.EARLY)) {
      return known;
    }
    SIPDialog created = new CallDialog(transaction);
    earlyDialogTable.put(id, created);
    return created;
  }

  @Override
  public SIPDialog createDialog(SIPClientTransaction transaction, SIPResponse response) {
    String id = ((SIPRequest) transaction.getRequest()).getDialogId(false);
    SIPDialog first = transaction.getDefaultDialog();
    boolean isFirst = first == null || first.getDialogId().equals(id);
    return isFirst && earlyDialogTable.containsKey(id)
        ? super.createDialog(transaction, response)
        : new CallDialog(transaction, response);
  }

  @Override
  public SIPDialog createDialog(SipProviderImpl provider, SIPResponse response) {
    return new CallDialog(provider, response);
  }

  private static Properties properties(int maxMessageBytes) {
    Properties p = new Properties();
    p.setProperty("javax.sip.STACK_NAME", "ringdown");
    // Its dialogs repeat a lost 2xx and a lost ACK.
    p.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
    p.setProperty(NIST + "STACK_LOGGER", StackLog.class.getName());
    p.setProperty(NIST + "TIMER_CLASS_NAME", StackTimer.class.getName());
    p.setProperty(NIST + "REENTRANT_LISTENER", "true");
    // UDP sockets are read by one thread each. Two would deliver the messages of one dialog in any
    // order: a 180 after its 200 is lost, a re-INVITE before its ACK refused.
    p.setProperty(NIST + "THREAD_POOL_SIZE", "1");
    p.setProperty(NIST + "THREAD_PRIORITY", Integer.toString(Thread.NORM_PRIORITY));
    // Over TCP JAIN-SIP allows the header half of this; our parser keeps the real limit.
    p.setProperty(NIST + "MAX_MESSAGE_SIZE", Integer.toString(2 * maxMessageBytes));
    p.setProperty(NIST + "CONGESTION_CONTROL_TIMEOUT", "0");
    p.setProperty(NIST + "RECEIVE_UDP_BUFFER_SIZE", Integer.toString(4 << 20));
    p.setProperty(NIST + "SEND_UDP_BUFFER_SIZE", Integer.toString(4 << 20));
    p.setProperty(NIST + "READ_TIMEOUT", "10000");
    p.setProperty(NIST + "EARLY_DIALOG_TIMEOUT_SECONDS", "200");
    return p;
  }
}
