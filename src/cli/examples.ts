/** What stands below the help. */
export const EXAMPLES = `
Examples:
  $ heapsleuth batch snapshots                         which class grows, and by how much
  $ heapsleuth analyze app.heapsnapshot                what is in one snapshot
  $ heapsleuth diff before.heapsnapshot after.heapsnapshot
  $ heapsleuth inspect app.heapsnapshot --class Session  which objects of a class are the largest
  $ heapsleuth inspect app.heapsnapshot --id 4711      who holds this object
  $ heapsleuth whatif app.heapsnapshot --cut class:Session.cart  what would go with it
  $ heapsleuth inspect app.heapsnapshot --id 4711 --cache  the same at once, the second time
  $ heapsleuth waste app.heapsnapshot                  what takes memory for nothing
  $ heapsleuth serve snapshots                         look around in a browser
  $ heapsleuth batch snapshots --json | jq '.growth.classes[0]'
  $ heapsleuth baseline save snapshots                 what is known now; baseline compare says what is worse later
  $ heapsleuth scan heapsleuth --archive archive       what a service's telemetry and snapshots say, kept for later
  $ heapsleuth query "SELECT * FROM top_suspects"
  $ heapsleuth batch snapshots --shard 1/2 > 1.json     half of it here, the other half elsewhere, then
  $ heapsleuth merge 1.json 2.json

Exit codes:
  0 done   1 found what the command is to fail on   2 wrong usage   3 some inputs failed   4 internal error or output not writable   130, 143 interrupted
`;
