/**
 * Words of this project's own sentences: what detectors and layers say of names. All others that stand in a sentence are taken for names where names
 * are to be hidden. A word that is missing here is hidden as one, and says less; a test looks for those.
 */
export const OWN_WORDS: ReadonlySet<string> = new Set(
  `
  API Array ArrayBuffers Atomics Bind Blob Boolean Bound Buffer Call Cap Chrome Copy Create Crypto DOM DOMException Date Delete Do Drop End Error
  Event File Fill Function Give Headers Infinity Intl Iterator JSON Keep Key LRU Let MB MTTD Map Math Navigator Node Number Object
  Pair Performance Promise Proxy Prune React Read Reflect Register Remove Request Response Return SYN See Set Storage String Symbol
  TTL Temporal URIError URL URLPattern Use VLQs Wait a abort above accumulates added adding after again against alive all allocating
  allocations alone among an analysed and another any are arguments around array arrays as ascending asks assert at atob audit
  average await back baseline be before beforehand begin behind belong belongs below beside between both bound browser btoa budget
  buffer buffers builds but by bytes cache call callback can candidates cannot capacity captured cell cells chain chains characters
  check children chosen chunks class classes cleanup clear close closed closes closure closures cluster collect collections column
  come compare compared comparison component concatenated connect connections console constants containers content context contexts
  copies copy could count covers create created crypto cut dead deeper delete deleted dependencies described describes destroy
  detached details detector detectors development device dgram dictionaries dictionary diff different distinct dns does domain done
  drain drop duplicates each edge effect effectiveness element elements else empty end ends entries entry error escape eval evenly
  event events every everyone evidence exceeded exit expected expired exports false fast feature fetch fewer ffi fibers figure
  figures file fills finalizers finding fingerprint finite first folder for found frames frequent from fs full function functions gc
  gctrace gets give global go goes goroutines grew group groups grow growing grows growth hand handle handles has have head heap
  heaps held hold holder holders holdings how http https id ids in inspector into is it item items its itself join json keep keeps
  kept key keys kind kinds known largest last later layer leads leak leaks least leave left lengths less letters likely lines list
  listed listen listeners lists live lives load local log logic long longer looked loss lost low made many map mappings matches may
  meant memory milliseconds minute model module more most much name named names navigator needed neither nested net network new
  newest no nobody node nodes none not note nothing null number numbered numbers object objects of off on once one ones only open
  operation option or order os other others out outlives output outside pairs part parts pass path pattern patterns pending
  performance periods pieces pipe pipeline place places points pool possible previous probably process processes profile promise
  promises properties punycode puts querystring race reach reactions read readline reads reason receiver receivers record refer
  reference references refers register registered registrations registry regular released remove removed repl require resource
  resources restart result retained retains returns rises root s said same samples sampling say scope scopes scripts sea second
  sections seem sensors service settle several severe shape share shared shares short short-lived show shown shows shrank signal
  signature since sixth size sizes slab slabs slice sliced slices slot slots small smallest snapshot snapshots so something sought
  source sources sqlite stack state stay steps still store stores stream streams string strings structure sum suppression suspect
  suspects suspended switch symbol sys tables tags take taking target targets teardown telemetry tell tells terminate test text than
  that the their them there these they this those through time timeout timer timers times timestamp tls to told too top trace-gc
  tree trees trend tty twice two undefined under unescape unknown unmounted unnamed unpaired unregister unsubscribed updates url use
  used uses util value values variable variables version view views vm wait waits was wasi waste weak were what when where whether
  which while who whole whose with without work worse write yes zlib
`.match(/\S+/g),
);

/** Of expressions and paths alone, where a name has a place that every other word could have as well. */
export const EXPRESSION_WORDS: ReadonlySet<string> = new Set(
  'global module-level module exports export variable block one of or in function class this default'.split(' '),
);
