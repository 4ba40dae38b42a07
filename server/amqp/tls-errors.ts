/** Why TLS failed, in words of our own, and what to do about it: by the codes of Node and the alerts of OpenSSL. */

interface Cause {
  readonly text?: string;
  readonly advice: string;
}

const theirs = "the broker's certificate";
const untrusted: Cause = {
  text: `${theirs} is signed by an authority that is not trusted`,
  advice: 'Name the file with the certificate of its authority: QPIDHA_<BROKER>_TLS_CA.',
};
const ours = 'Check the files that QPIDHA_<BROKER>_TLS_CERTIFICATE and QPIDHA_<BROKER>_TLS_KEY name.';

const portAdvice = 'Use the port for TLS (ssl-port), or write the address without amqps://.';

/** What we found wrong with the peer (x509_vfy.h, tls.checkServerIdentity). */
const codes: Readonly<Record<string, Cause>> = {
  CERT_HAS_EXPIRED: {
    text: `${theirs} has expired`,
    advice: 'Renew it on the broker, or check the clock of this machine.',
  },
  CERT_NOT_YET_VALID: {
    text: `${theirs} is not valid yet`,
    advice: 'Check the clocks of the broker and of this machine.',
  },
  CERT_REVOKED: { text: `${theirs} has been revoked`, advice: 'Give the broker a new one.' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    advice:
      'Write the address with a name that is in the certificate, or name the one to check it against: QPIDHA_<BROKER>_TLS_SERVER_NAME.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    ...untrusted,
    text: `${theirs} is signed by nobody but itself, and not trusted`,
  },
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
};

/** What the peer said of us, or OpenSSL of the bytes that came. */
const reasons: readonly (readonly [RegExp, Cause])[] = [
  [
    /certificate.required/i,
    {
      text: 'the broker asks for a certificate',
      advice:
        'Give the certificate and key of this client: QPIDHA_<BROKER>_TLS_CERTIFICATE and QPIDHA_<BROKER>_TLS_KEY.',
    },
  ],
  [
    /alert certificate expired/i,
    { text: 'the broker says that our certificate has expired', advice: `Renew it. ${ours}` },
  ],
  [
    /alert unknown ca/i,
    {
      text: 'the broker does not trust the authority of our certificate',
      advice: `Let the broker trust that authority (its ssl-cert-db), or use another certificate. ${ours}`,
    },
  ],
  [
    /alert (?:bad|unsupported) certificate|alert certificate (?:unknown|revoked)/i,
    { text: 'the broker refuses our certificate', advice: `Look into its log. ${ours}` },
  ],
  [
    /wrong.version.number|packet.length.too.long/i,
    { text: 'the port does not speak TLS', advice: portAdvice },
  ],
  [
    /before secure TLS connection/,
    { text: 'the peer closed the connection without a word of TLS', advice: portAdvice },
  ],
];

/** Undefined where there is nothing better to say than the error does. */
export function tlsCause({ code = '', message }: NodeJS.ErrnoException): Cause | undefined {
  return codes[code] ?? reasons.find(([reason]) => reason.test(message) || reason.test(code))?.[1];
}
