/**
 * What answers to an event must come to, in arrays and loops: written to be right at a glance, not to be fast. It knows
 * nothing of SQL, of counters or of numbers in line; a line is a list.
 */

export type Way = 'inPerson' | 'remote'
export const WAYS: Way[] = ['inPerson', 'remote']

export type Rules = {
  /** The dates of a series that are answered; none for a single event. */
  dates: string[]
  capacity: Record<Way, number | null>
  waitlist: boolean
  guestsMax: number
  confirmation: 'none' | 'email'
  approval: boolean
  /** How many can choose the one option with few places. */
  optionPlaces: number
}

export type Answer = {
  /** As the API named it; empty where it was made by the way. */
  id: string
  person: number
  date: string
  response: 'accepted' | 'tentative' | 'declined'
  attendance: Way
  waitsFor: 'inPerson' | null
  guests: number
  /** Whether the option with few places was chosen, and whether it counts as long as there is a place. */
  option: boolean
  takesOption: boolean
  place: 'seat' | 'waitlist' | 'pending' | null
  heldUntil: number | null
  createdAt: number
  confirmed: boolean
  source: 'guest' | 'organizer' | 'door' | 'standing'
  came: Way | null
  /** Whether it stands in, on its date, for what the person said to all dates. */
  replaces: boolean
  erased: boolean
  /** What happened to it last: it was made, or its guest was let in, from where they stood. */
  last: 'made' | 'changed' | { from: Partial<Answer> | null; isNew: boolean; line: Way | null }
  /** Its number in the line where it stands or stood. */
  ticket: number
}

export type Said = Pick<Answer, 'response' | 'attendance' | 'waitsFor' | 'guests' | 'option'>
export type Outcome = { answer: Answer } | { refused: string } | 'look into your mail'

type Needs = 'nothing' | 'confirmation' | 'approval'
type Verdict = { place: Answer['place']; way: Way; line: Way | null; waitsFor: 'inPerson' | null; held?: true }

const HOLD = 3600
const partyOf = ({ guests }: Pick<Answer, 'guests'>) => 1 + guests
const hasSeats = ({ place, heldUntil }: Answer) => place === 'seat' || heldUntil !== null
const hasOption = (one: Answer) => one.takesOption && (one.place === 'waitlist' || hasSeats(one))

export class Reference {
  now: number
  cancelled = false
  rules: Rules
  answers: Answer[] = []
  promotions = 0
  private erasures = 0
  private tickets = 0
  private lines = new Map<string, Answer[]>()

  constructor(rules: Rules, now: number) {
    this.rules = rules
    this.now = now
  }

  find = (person: number, date: string): Answer | undefined =>
    this.answers.find((one) => one.person === person && one.date === date && !one.erased)

  line(date: string, way: Way): Answer[] {
    const name = `${date} ${way}`
    if (!this.lines.has(name)) this.lines.set(name, [])
    return this.lines.get(name)!
  }

  /** The place in line, from 1; null for who stands in none. */
  rankOf(answer: Answer): number | null {
    const line = WAYS.map((way) => this.line(answer.date, way)).find((all) => all.includes(answer))
    return line ? line.indexOf(answer) + 1 : null
  }

  /** Persons who count on a date: those who answered it, and those who said yes to all dates and nothing else to this one. */
  used(date: string, way: Way): number {
    return this.counting(date, way).reduce((sum, one) => sum + partyOf(one), 0)
  }

  private counting(date: string, way: Way): Answer[] {
    const isReplaced = ({ person }: Answer) =>
      this.answers.some((one) => one.person === person && one.date === date && one.replaces)
    return this.answers.filter(
      (one) => hasSeats(one) && one.attendance === way && (one.date === date || (one.date === '' && !isReplaced(one))),
    )
  }

  private held(date: string, way: Way): number {
    const dates = [date, ...(date === '' ? [] : [''])]
    const held = this.answers.filter(
      (one) => dates.includes(one.date) && one.attendance === way && one.heldUntil !== null,
    )
    return held.reduce((sum, one) => sum + partyOf(one), 0)
  }

  private optionsTaken = (date: string) => this.answers.filter((one) => one.date === date && hasOption(one)).length

  private leave(answer: Answer): void {
    for (const way of WAYS) {
      const line = this.line(answer.date, way)
      if (line.includes(answer)) line.splice(line.indexOf(answer), 1)
    }
  }

  private stand(answer: Answer, way: Way | null): void {
    if (way !== null && this.line(answer.date, way).includes(answer)) return
    this.leave(answer)
    if (way === null) return
    answer.ticket = ++this.tickets
    this.line(answer.date, way).push(answer)
  }

  private fault(said: Pick<Said, 'response' | 'guests'>): string | null {
    if (this.cancelled) return 'event_cancelled'
    if (said.response === 'declined') return null
    const largest = Math.max(...WAYS.map((way) => this.rules.capacity[way] ?? Number.POSITIVE_INFINITY))
    return said.guests > this.rules.guestsMax || (said.guests > 0 && partyOf(said) > largest) ? 'guests' : null
  }

  // --- who gets what ---

  /** What an answer gets, as things stand; null where there is no place for it. */
  private decide(
    date: string,
    said: Said,
    needs: Needs,
    own: { seats(way: Way): number; held: number; mayWait: boolean; until: number; keepsSeat: boolean },
  ): Verdict | null {
    const { capacity } = this.rules
    const way = said.attendance
    const party = partyOf(said)
    const none = { way, line: null, waitsFor: null } as const
    if (said.response !== 'accepted')
      return needs === 'confirmation'
        ? { ...none, place: 'pending', waitsFor: said.waitsFor }
        : { ...none, place: null }
    if (needs === 'approval') return { ...none, place: 'pending', waitsFor: said.waitsFor }
    const onAll = date === '' ? this.rules.dates : []
    // Who has a seat on all dates and asks for more needs room on each of them.
    const beyond = (by: Way) =>
      own.keepsSeat ? Math.max(0, ...onAll.map((one) => this.used(one, by) - this.used('', by))) : 0
    const fits = (by: Way) =>
      capacity[by] === null ||
      own.seats(by) >= party ||
      this.used(date, by) + beyond(by) - own.seats(by) + party <= capacity[by]
    if (needs === 'confirmation') {
      const heldOnDates = Math.max(0, ...onAll.map((one) => this.held(one, way) - this.held('', way)))
      const share = this.held(date, way) + heldOnDates - own.held + party
      const isHeld =
        capacity[way] !== null && this.now < own.until && fits(way) && share <= Math.floor(capacity[way] / 5)
      return { ...none, place: 'pending', waitsFor: said.waitsFor, ...(isHeld ? { held: true } : {}) }
    }
    const mayWait = (by: Way) => own.mayWait && (capacity[by] === null || party <= capacity[by])
    if (said.waitsFor === null) {
      if (fits(way)) return { ...none, place: 'seat' }
      return mayWait(way) ? { ...none, place: 'waitlist', line: way } : null
    }
    if (fits('inPerson')) return { ...none, place: 'seat', way: 'inPerson' }
    if (fits('remote'))
      return mayWait('inPerson')
        ? { ...none, place: 'seat', line: 'inPerson', waitsFor: 'inPerson' }
        : { ...none, place: 'seat' }
    return mayWait('inPerson') ? { ...none, place: 'waitlist', way: 'inPerson', line: 'inPerson' } : null
  }

  private give(answer: Answer, { place, way, line, waitsFor, held }: Verdict): void {
    const heldUntil = held ? answer.createdAt + HOLD : null
    Object.assign(answer, { place, attendance: way, waitsFor, heldUntil, last: 'changed' })
    this.stand(answer, line)
  }

  /** Places that are free go to those in line, strictly: the first whose whole party fits. */
  promote(): void {
    for (const one of this.answers) if (one.heldUntil !== null && one.heldUntil <= this.now) one.heldUntil = null
    this.settle()
    if (this.cancelled) return
    for (const way of WAYS) {
      for (const date of this.rules.dates) this.promoteIn(date, way)
      if (this.rules.dates.length > 0) this.waitWhereFull(way)
      this.promoteIn('', way)
      for (const date of this.rules.dates) this.promoteIn(date, way)
    }
  }

  private next(date: string, way: Way): Answer[] {
    const capacity = this.rules.capacity[way] ?? Number.POSITIVE_INFINITY
    let free = capacity - this.used(date, way)
    return this.line(date, way).filter((one) => {
      if (partyOf(one) > free) return false
      free -= partyOf(one)
      return true
    })
  }

  private promoteIn(date: string, way: Way): void {
    for (const one of this.next(date, way)) {
      this.give(one, { place: 'seat', way, line: null, waitsFor: null })
      this.promotions++
    }
  }

  /** Who is about to get a seat on all dates waits in line on those that are full; a seat elsewhere is kept there. */
  private waitWhereFull(way: Way): void {
    const next = this.next('', way)
    const capacity = this.rules.capacity[way] ?? Number.POSITIVE_INFINITY
    const full = this.rules.dates.flatMap((date) => {
      let used = this.used(date, way)
      return next
        .filter(({ person, erased }) => !erased && !this.find(person, date))
        .flatMap((one) => {
          used += partyOf(one)
          return used > capacity ? [{ one, date }] : []
        })
    })
    for (const { one, date } of full)
      this.waitOn(date, way, one, one.place === 'seat' ? { place: 'seat', waitsFor: 'inPerson' } : {})
  }

  private waitOn(date: string, line: Way, standing: Answer, more: Partial<Answer>): void {
    const added: Answer = {
      ...standing,
      id: '',
      date,
      response: 'accepted',
      place: 'waitlist',
      waitsFor: null,
      takesOption: false,
      heldUntil: null,
      createdAt: this.now,
      confirmed: false,
      came: null,
      source: 'standing',
      replaces: true,
      last: 'made',
      ...more,
    }
    this.answers.push(added)
    this.stand(added, line)
  }

  private waitOnFullDates(standing: Answer): void {
    const { attendance, person } = standing
    const capacity = this.rules.capacity[attendance]
    if (standing.place !== 'seat' || capacity === null) return
    const full = this.rules.dates.filter((date) => this.used(date, attendance) > capacity && !this.find(person, date))
    for (const date of full) this.waitOn(date, attendance, standing, {})
  }

  /** A pending answer stands in for a standing one only as long as that has seats. */
  private settle(): void {
    for (const one of this.answers) {
      const standing = this.answers.find(({ person, date }) => person === one.person && date === '')
      if (one.date !== '' && one.place === 'pending' && !(standing && hasSeats(standing))) one.replaces = false
    }
  }

  private standingSeats(person: number, way: Way): number {
    const standing = this.find(person, '')
    return standing && hasSeats(standing) && standing.attendance === way ? partyOf(standing) : 0
  }

  // --- what people do ---

  answer(person: number, date: string, said: Said, isOrganizer: boolean): Outcome {
    const fault = this.fault(said)
    if (fault) return { refused: fault }
    const { confirmation, approval, waitlist, optionPlaces } = this.rules
    if (confirmation === 'email') this.promote()
    if (this.find(person, date)) return 'look into your mail'
    if (said.response === 'accepted' && said.option && this.optionsTaken(date) >= optionPlaces)
      return { refused: 'option' }
    const needs = isOrganizer
      ? 'nothing'
      : confirmation === 'email'
        ? 'confirmation'
        : approval
          ? 'approval'
          : 'nothing'
    const verdict = this.decide(date, said, needs, {
      seats: (way) => (date === '' ? 0 : this.standingSeats(person, way)),
      held: 0,
      mayWait: waitlist,
      until: this.now + HOLD,
      keepsSeat: false,
    })
    // Nobody loses a seat on this date by asking for more.
    const hasSeat = date !== '' && WAYS.some((way) => this.standingSeats(person, way) > 0)
    if (verdict === null || (hasSeat && verdict.place === 'waitlist')) return { refused: 'event_full' }
    const isDecided = needs === 'nothing' || (needs === 'approval' && said.response !== 'accepted')
    const answer: Answer = {
      ...said,
      id: '',
      person,
      date,
      takesOption: said.option && said.response === 'accepted',
      place: null,
      heldUntil: null,
      createdAt: this.now,
      confirmed: false,
      source: isOrganizer ? 'organizer' : 'guest',
      came: null,
      replaces: date !== '' && isDecided,
      erased: false,
      last: 'made',
      ticket: 0,
    }
    this.answers.push(answer)
    this.give(answer, verdict)
    this.settle()
    if (date === '' && needs === 'nothing') this.waitOnFullDates(answer)
    if (answer.replaces) for (const way of WAYS) this.promoteIn(date, way)
    return needs === 'confirmation' ? 'look into your mail' : { answer }
  }

  change(answer: Answer, patch: Partial<Said>, by: 'guest' | 'organizer', approves = false): Outcome {
    const wanted = (): Said => {
      const said = { ...answer, ...patch }
      const waitsFor = patch.attendance === 'inPerson' && patch.waitsFor === undefined ? null : said.waitsFor
      return { ...said, waitsFor, attendance: waitsFor === null ? said.attendance : 'remote' }
    }
    const isSame = () => {
      const said = wanted()
      const isConfirmed = by === 'organizer' || answer.place !== 'pending' || answer.confirmed
      const names = ['response', 'attendance', 'waitsFor', 'guests', 'option'] as const
      return isConfirmed && !approves && names.every((name) => said[name] === answer[name])
    }
    const fault = this.fault(wanted())
    if (fault) return { refused: fault }
    if (isSame()) return { answer }
    if (this.rules.confirmation === 'email' || answer.heldUntil !== null) this.promote()
    if (isSame()) return { answer }
    const outcome = this.reseat(answer, wanted(), by, approves)
    this.promote()
    return outcome ?? { answer }
  }

  private reseat(answer: Answer, said: Said, by: 'guest' | 'organizer', approves: boolean): Outcome | null {
    const { confirmation, approval, waitlist, optionPlaces } = this.rules
    const before = { ...answer }
    const isUnconfirmed = confirmation === 'email' && before.place === 'pending' && !before.confirmed
    const isIn = before.place === 'seat' || before.place === 'waitlist'
    const needs: Needs =
      isUnconfirmed && by === 'organizer' && before.source === 'guest'
        ? 'confirmation'
        : approval && !approves && !isIn && before.source === 'guest'
          ? 'approval'
          : 'nothing'
    const isAccepted = said.response === 'accepted'
    if (isAccepted && said.option && !hasOption(before) && this.optionsTaken(before.date) >= optionPlaces)
      return { refused: 'option' }
    const seats = hasSeats(before) ? partyOf(before) : 0
    const stillStands = (way: Way) =>
      before.date === '' || before.replaces ? 0 : this.standingSeats(before.person, way)
    const verdict = this.decide(before.date, said, needs, {
      seats: (way) => (before.attendance === way ? seats : 0) + stillStands(way),
      held: before.heldUntil !== null && before.attendance === said.attendance ? seats : 0,
      mayWait: waitlist || this.rankOf(answer) !== null,
      until: before.createdAt + HOLD,
      keepsSeat: before.place === 'seat',
    })
    // Nobody loses a seat by asking for more.
    const hasSeat = before.place === 'seat' || WAYS.some((way) => stillStands(way) > 0)
    if (verdict === null || (hasSeat && verdict.place === 'waitlist')) return { refused: 'event_full' }
    Object.assign(answer, said)
    this.give(answer, verdict)
    answer.takesOption = said.option && isAccepted
    if (by === 'guest') answer.confirmed = true
    if (before.date !== '' && (needs === 'nothing' || (needs === 'approval' && !isAccepted))) answer.replaces = true
    this.settle()
    if (before.date !== '') return null
    if (!isAccepted) this.forgetDates(answer)
    else if (before.place !== 'seat') this.waitOnFullDates(answer)
    return null
  }

  /** Who is not coming to all dates does not wait on single ones either, unless they said so. */
  private forgetDates({ person }: Answer): void {
    const gone = this.answers.filter(
      (one) => one.person === person && one.source === 'standing' && !one.confirmed && one.came === null && !one.erased,
    )
    for (const one of gone) this.leave(one)
    this.answers = this.answers.filter((one) => !gone.includes(one))
  }

  approve(answer: Answer): Outcome {
    if (answer.place !== 'pending') return { refused: 'not_pending' }
    if (this.rules.confirmation === 'email' && !answer.confirmed) return { refused: 'not_confirmed' }
    return this.change(answer, {}, 'organizer', true)
  }

  /** By hand, whatever the capacity says. */
  move(answer: Answer, place: 'seat' | 'waitlist'): Outcome {
    if (answer.response !== 'accepted') return { refused: 'not_coming' }
    if (answer.place !== place) {
      this.leave(answer)
      Object.assign(answer, { place, waitsFor: null, heldUntil: null, replaces: answer.date !== '', last: 'changed' })
      if (place === 'waitlist') this.stand(answer, answer.attendance)
      this.settle()
    }
    this.promote()
    return { answer }
  }

  walkIn(person: number, date: string, way: Way, guests: number): Outcome {
    if (this.cancelled) return { refused: 'event_cancelled' }
    const answered = this.find(person, date) ?? this.find(person, '')
    if (answered) return this.letIn(answered, date, way, true)
    const answer: Answer = {
      id: '',
      person,
      date,
      response: 'accepted',
      attendance: way,
      waitsFor: null,
      guests,
      option: false,
      takesOption: false,
      place: 'seat',
      heldUntil: null,
      createdAt: this.now,
      confirmed: false,
      source: 'door',
      came: way,
      replaces: date !== '',
      erased: false,
      last: 'made',
      ticket: 0,
    }
    this.answers.push(answer)
    return { answer }
  }

  checkIn = (answer: Answer, date: string, way: Way): Outcome => this.letIn(answer, date, way, false)

  /** Who is there has a seat, whatever the capacity says; on one date of a series by an answer of its own. */
  private letIn(said: Answer, date: string, way: Way, anybody: boolean): Outcome {
    if (this.cancelled && said.date !== date) return { refused: 'event_cancelled' }
    const own = said.date === date ? said : this.find(said.person, date)
    if (own && own.came !== null) return { answer: own }
    const before = { ...(own ?? said) }
    if (!anybody && before.response === 'declined') return { refused: 'not_coming' }
    const { response, place, attendance, waitsFor, heldUntil, replaces, ticket } = before
    const answer = own ?? {
      ...said,
      id: '',
      date,
      source: 'standing' as const,
      option: false,
      takesOption: false,
      createdAt: this.now,
    }
    if (!own) this.answers.push(answer)
    const line = WAYS.find((one) => own && this.line(date, one).includes(own)) ?? null
    const from = { response, place, attendance, waitsFor, heldUntil, replaces, ticket }
    answer.last = { from: own && place !== 'seat' ? from : null, isNew: !own, line }
    Object.assign(answer, { came: way, heldUntil: null })
    if (!own) Object.assign(answer, { waitsFor: null, replaces: true })
    if (place !== 'seat') {
      this.leave(answer)
      Object.assign(answer, { response: 'accepted', place: 'seat', attendance: way, waitsFor: null })
      answer.replaces = date !== ''
      this.promote()
    }
    return { answer }
  }

  /** Where they stood, for who was let in without a seat; not coming, for who came without an answer. */
  undoCheckIn(said: Answer, date: string): Outcome {
    if (this.cancelled && said.date !== date) return { refused: 'event_cancelled' }
    const answer = said.date === date ? said : this.find(said.person, date)
    if (!answer || answer.came === null) return { answer: answer ?? said }
    const { last } = answer
    answer.came = null
    answer.last = 'changed'
    if (answer.source === 'door' && last === 'made') Object.assign(answer, { response: 'declined', place: null })
    if (typeof last === 'object') {
      if (last.from) {
        Object.assign(answer, last.from)
        if (answer.heldUntil !== null && answer.heldUntil <= this.now) answer.heldUntil = null
        if (last.line !== null) {
          const line = this.line(date, last.line)
          line.push(answer)
          line.sort((one, other) => one.ticket - other.ticket)
        }
      }
      if (last.isNew) this.answers = this.answers.filter((one) => one !== answer)
    }
    const told = { ...answer }
    this.settle()
    this.promote()
    return { answer: typeof last === 'object' && last.isNew ? told : answer }
  }

  /** Nothing names them any more, and nobody can be told of a place in line; who was there stays counted. */
  erase(person: number): void {
    // Who answers with that address from now on is somebody else.
    const nobody = -1_000_000 - this.erasures++
    for (const one of this.answers.filter((one) => one.person === person && !one.erased)) {
      this.leave(one)
      one.waitsFor = null
      if (one.came === null)
        Object.assign(one, { response: 'declined', place: null, heldUntil: null, takesOption: false })
      else if (one.place === 'waitlist') one.place = null
      one.option = false
      one.erased = true
      one.person = nobody
    }
    this.promote()
  }

  setRules(rules: Partial<Pick<Rules, 'capacity' | 'waitlist'>>): void {
    const before = JSON.stringify(this.rules)
    this.rules = { ...this.rules, ...rules }
    if (JSON.stringify(this.rules) !== before) this.promote()
  }

  cancel(): void {
    if (this.cancelled) return
    this.cancelled = true
    this.promote()
  }
}
