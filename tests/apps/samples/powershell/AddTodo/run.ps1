param($TaskDescription, $TriggerMetadata)

Write-Information "A new task: $TaskDescription"
Add-Content -Path (Join-Path $env:TEMP 'todos.txt') -Value $TaskDescription
