using namespace System.Net

param(
    [Parameter(Mandatory)]
    [string] $Filter,

    $TriggerMetadata
)

Get-Content -Path (Join-Path $env:TEMP 'todos.txt') | Where-Object { $_ -like "*$Filter*" }
