// Intervals of shares, means and rates, as discourse/measures/intervals.py and variance.py make them, at 95%.
const TAIL = 0.025;
const NORMAL = 1.959963984540054; // quantile of the normal law above TAIL
const BEYOND = { share: 0.75, mean: 0.4, rate: 0.75 };
const FREEDOM = 0.75, PRIOR = 2, LEAST = 1.5, POISSON = 1e6, ALIKE = 1e-12, FEW = 5;
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
// Logarithm of the gamma function for x > 0.
function logGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = LANCZOS[0];
  for (let n = 1; n < 9; n++) sum += LANCZOS[n] / (x - 1 + n);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
// Error of Stirling's formula for x!, exact where logGamma would cancel (Loader 2000, Fast and accurate computation of
// binomial probabilities).
function stirlingError(x) {
  if (x < 15) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - 0.5 * Math.log(2 * Math.PI);
  const q = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / q) / q) / q) / q) / q) / x;
}
// Deviance x log(x / m) + m - x, without cancellation where the two are near.
function deviance(x, m) {
  if (Math.abs(x - m) < 0.1 * (x + m)) {
    const v = (x - m) / (x + m);
    let sum = (x - m) * v, term = 2 * x * v;
    for (let n = 1; n < 1000; n++) {
      term *= v * v;
      const next = sum + term / (2 * n + 1);
      if (next === sum) return sum;
      sum = next;
    }
  }
  return x * Math.log(x / m) + m - x;
}
// x^a (1 - x)^b / B(a, b), with y = 1 - x.
function betaFront(a, b, x, y) {
  const n = a + b;
  const log = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return Math.exp(log) * Math.sqrt(a * b / (2 * Math.PI * n));
}
// Continued fraction of the incomplete beta function (Lentz).
function betaFraction(a, b, x) {
  const tiny = 1e-300;
  let c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let h = d;
  for (let m = 1; m < 100000; m++) {
    let step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + step * d; c = 1 + step / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d); c = Math.abs(c) < tiny ? tiny : c;
    h *= d * c;
    step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + step * d; c = 1 + step / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d); c = Math.abs(c) < tiny ? tiny : c;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return h;
}
// Regularized incomplete beta function I_x(a, b) and its complement, each without cancellation.
function betaBoth(a, b, x, y) {
  if (x <= 0) return [0, 1];
  if (y <= 0) return [1, 0];
  const front = betaFront(a, b, x, y);
  if (x * (a + b + 2) < a + 1) {
    const low = front * betaFraction(a, b, x) / a;
    return [low, 1 - low];
  }
  const high = front * betaFraction(b, a, y) / b;
  return [1 - high, high];
}
// Solve f(u) = 0 for a rising f by Newton's steps inside a bracket; f returns value and slope.
function rise(f, low, high, at) {
  let u = at;
  for (let n = 0; n < 400; n++) {
    const [value, slope] = f(u);
    if (value === 0) return u;
    if (value > 0) high = u; else low = u;
    let next = u - value / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - u) <= 1e-15 * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}
// Quantile of the beta law: [x, 1 - x] with I_x(a, b) = p and 1 - p = q; the smaller of the two is exact.
function betaQuantile(a, b, p, q) {
  if (!(p > 0)) return [0, 1];
  if (!(q > 0)) return [1, 0];
  const half = betaBoth(a, b, 0.5, 0.5);
  if (p > half[0]) return betaLower(b, a, q).reverse();
  return betaLower(a, b, p);
}
function betaLower(a, b, p) {
  const goal = Math.log(p);
  const f = (u) => {
    const x = Math.exp(u), y = -Math.expm1(u), value = betaBoth(a, b, x, y)[0];
    return [Math.log(value) - goal, betaFront(a, b, x, y) / y / value];
  };
  if (!(f(-745)[0] < 0)) return [0, 1];
  const guess = Math.min((goal + Math.log(a) + logGamma(a) + logGamma(b) - logGamma(a + b)) / a, -0.7);
  const x = Math.exp(rise(f, -745, Math.log(0.5) + 1e-12, Math.max(guess, -744)));
  return [x, 1 - x];
}
// Regularized lower incomplete gamma function P(a, x) and the density of its logarithmic argument, x^a e^-x / Gamma(a).
function gammaBoth(a, x) {
  const front = Math.exp(-stirlingError(a) - deviance(a, x)) * Math.sqrt(a / (2 * Math.PI));
  if (x < a + 1) {
    let term = 1 / a, sum = term;
    for (let n = 1; n < 100000; n++) {
      term *= x / (a + n);
      sum += term;
      if (term < sum * 1e-17) break;
    }
    return [front * sum, front];
  }
  let b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (let n = 1; n < 100000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b); c = b + step / c;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return [1 - front * h, front];
}
// Quantile of the gamma law with shape a.
function gammaQuantile(a, p) {
  const goal = Math.log(p);
  const f = (u) => {
    const [value, front] = gammaBoth(a, Math.exp(u));
    return [Math.log(value) - goal, front / value];
  };
  if (!(f(-745)[0] < 0)) return 0;
  const guess = Math.min((goal + logGamma(a + 1)) / a, Math.log(a + 1));
  return Math.exp(rise(f, -745, 700, Math.max(guess, -744)));
}
// What was worked out before for the same arguments: cells of a figure share many of them.
function remembered(known, key, work) {
  if (known.has(key)) return known.get(key);
  if (known.size > 20000) known.clear();
  const found = work();
  known.set(key, found);
  return found;
}
// Two-sided 95% quantile of Student's t; that of one degree of freedom where there is none.
const students = new Map();
function studentQuantile(freedom) {
  return remembered(students, freedom, () => quantileOfStudent(Number.isNaN(freedom) ? 1 : freedom));
}
function quantileOfStudent(df) {
  if (!(df > 0)) return NaN;
  if (df === Infinity) return NORMAL;
  const [y, x] = betaQuantile(0.5, df / 2, 1 - 2 * TAIL, 2 * TAIL);
  return Math.sqrt(df * y / x);
}
// Satterthwaite's degrees of freedom from the part that each unit has of the denominator.
function freedomOf(parts) {
  let squares = 0, levers = 0, both = 0;
  for (const part of parts) {
    const lever = part < 1 - 1e-12 ? part * part / (1 - part) : NaN;
    squares += part * part; levers += lever; both += lever * lever;
  }
  return 1 / (squares + levers * levers - both);
}
// What an interval asks of one group: as measure_spread does. Rows must stand in the order of their units.
function spreadOf(y, x, units, weights) {
  let total = 0, exposure = 0, counts = 0, squares = 0, wide = 0;
  const kept = [];
  for (let n = 0; n < x.length; n++) if (x[n] > 0 && (!weights || weights[n] > 0)) kept.push(n);
  if (units) kept.sort((one, other) => units[one] - units[other] || one - other);
  const w = (n) => (weights ? weights[n] : 1);
  for (const n of kept) {
    total += y[n] * w(n); exposure += x[n] * w(n);
    counts += w(n) * w(n) * y[n]; squares += w(n) * w(n) * x[n]; wide += (x[n] * w(n)) ** 2;
  }
  const estimate = total / exposure;
  let within = 0, last = null;
  const unitY = [], unitX = [], parts = [];
  for (const n of kept) {
    const wx = x[n] * w(n), wy = y[n] * w(n), unit = units ? units[n] : n;
    within += wx * (wy / wx - estimate) ** 2;
    parts.push(wx / exposure);
    if (unit === last) { unitY[unitY.length - 1] += wy; unitX[unitX.length - 1] += wx; }
    else { unitY.push(wy); unitX.push(wx); }
    last = unit;
  }
  let variance = 0, plain = 0, apart = 0;
  const shares = unitX.map((one) => one / exposure);
  for (let n = 0; n < unitX.length; n++) {
    const residual = unitY[n] - estimate * unitX[n], alone = 1 - shares[n];
    variance += alone > 1e-12 ? residual ** 2 / alone : NaN;
    plain += residual ** 2;
    apart += unitX[n] ** 2;
  }
  return {
    total, exposure, estimate, nUnits: unitX.length, variance: variance / exposure ** 2, plain: plain / exposure ** 2,
    freedom: freedomOf(shares), within: within / exposure, documents: exposure ** 2 / wide,
    documentFreedom: freedomOf(parts), whole: exposure ** 2 / apart, event: total > 0 ? counts / total : squares / exposure,
  };
}
// Estimate, bounds and units of one group; kind is share, mean or rate. A share of documents that stand alone hangs on
// two numbers.
const shares = new Map();
function ratioOf(kind, y, x, units, weights, ends) {
  if (kind !== "share" || units || weights) return ratioOfAll(kind, y, x, units, weights, ends);
  let marked = 0;
  for (let n = 0; n < y.length; n++) marked += y[n];
  return remembered(shares, `${marked}/${y.length}`, () => ratioOfAll(kind, y, x, units, weights, ends));
}
function ratioOfAll(kind, y, x, units, weights, ends) {
  const spread = spreadOf(y, x, units, weights);
  if (Number.isNaN(spread.estimate)) return { estimate: null, lower: null, upper: null, nUnits: spread.nUnits };
  const [lower, upper] = kind === "rate" ? rateInterval(spread) : boundedInterval(spread, kind, ends || [0, 1]);
  return { estimate: spread.estimate, lower, upper, nUnits: spread.nUnits };
}
function boundedInterval(spread, kind, [low, high]) {
  const n = effectiveDocuments(spread, high - low), beyond = BEYOND[kind];
  const upper = upperBound(spread.estimate, spread.within, n, low, high, beyond);
  return [0 - upperBound(-spread.estimate, spread.within, n, -high, -low, beyond), upper];
}
function effectiveDocuments(spread, width) {
  const { within, whole, documents } = spread;
  if (within <= ALIKE * width ** 2) return whole;
  const copies = within / whole;
  let seen = copies;
  if (!Number.isNaN(spread.variance)) {
    const wider = (studentQuantile(spread.freedom) / studentQuantile(spread.documentFreedom)) ** 2;
    seen = spread.variance * (1 - 1 / documents) * wider;
  }
  return within / Math.max(spread.plain, Math.min(seen, copies), within / documents);
}
function upperBound(mean, within, n, low, high, beyond) {
  const size = n + beyond, centre = (n * mean + beyond * high) / size, width = (high - low) ** 2;
  const squares = n * (within + (mean - centre) ** 2) + beyond * (high - centre) ** 2;
  const part = Math.min(Math.max((centre - low) / (high - low), 0), 1);
  const known = part * (1 - part) * width * size * (size + 1) / squares - 1;
  let bound = high;
  if (mean < high) {
    const first = Math.max(part * known, 1e-12), second = Math.max((1 - part) * known, 1e-12);
    bound = low + (high - low) * betaQuantile(first, second, 1 - TAIL, TAIL)[0];
  }
  return Math.max(bound, mean + (high - mean) * betaQuantile(beyond, n, 1 - TAIL, TAIL)[0]);
}
function rateInterval(spread) {
  const freedom = Number.isNaN(spread.freedom) ? 0 : spread.freedom;
  const copied = spread.documents / spread.whole, events = spread.total / spread.event;
  const exposure = spread.exposure / spread.event, poisson = events / exposure ** 2;
  const wider = (studentQuantile(FREEDOM * spread.freedom) / NORMAL) ** 2, copies = copied * poisson;
  const seen = Number.isNaN(spread.variance) ? copies : spread.variance;
  const inner = Math.max(seen, Math.min(poisson + wider * Math.max(seen - poisson, 0), copies));
  const variance = seen <= copies ? inner : copies + wider * (seen - copies);
  const effect = events > 0 ? Math.max(variance / poisson, 1) : copied;
  const repeats = Math.min(effect, copied), stories = events / repeats;
  const spare = events > 0 ? (effect / repeats - 1) / Math.max(stories, 1e-300) : 0;
  const k = Math.max(1 / Math.max(spare + 1 / (PRIOR * freedom ** 4 * (freedom + 1)), 1 / POISSON), LEAST);
  const least = Math.max(stories, 1e-12), most = stories + BEYOND.rate;
  let low = 0, high;
  if (k >= POISSON) {
    if (events > 0) low = gammaQuantile(least, TAIL);
    high = gammaQuantile(most, 1 - TAIL);
  } else {
    const odds = ([x, y]) => k * x / y;
    if (events > 0) low = odds(betaQuantile(least, k + BEYOND.rate, TAIL, 1 - TAIL));
    high = odds(betaQuantile(most, k, 1 - TAIL, TAIL));
  }
  return [low * repeats / exposure, high * repeats / exposure];
}
